# The backend of Upline; the database runs beside it (docker-compose.yml).
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/upline

# dependencies change rarely: a layer of their own
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY graph_schema graph_schema
COPY etl etl
COPY viz viz
COPY backend backend
RUN npm ci --prefix viz/web --no-audit --no-fund --ignore-scripts \
 && npm run --silent build --prefix viz/web \
 && pip install --no-deps --no-build-isolation -e . \
 && useradd --system --uid 10001 --home-dir /var/lib/upline upline \
 && install -d -o upline -m 700 /var/lib/upline

USER upline
ENV UPLINE_HOME=/var/lib/upline
VOLUME /var/lib/upline
EXPOSE 8765
CMD ["upline", "serve", "--host", "0.0.0.0", "--port", "8765"]
