# The backend of Upline; the database runs beside it (docker-compose.yml).
# What builds and tests it (npm, pytest, mypy and more) stays in the first stage.
FROM python:3.11-slim AS build

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
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
 && pip wheel --no-deps --no-build-isolation --wheel-dir /opt/wheel .

FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/upline

COPY requirements-run.lock ./
RUN pip install --require-hashes -r requirements-run.lock

COPY --from=build /opt/wheel /opt/wheel
RUN pip install --no-deps /opt/wheel/*.whl \
 && useradd --system --uid 10001 --home-dir /var/lib/upline upline \
 && install -d -o upline -m 700 /var/lib/upline
COPY --from=build /opt/upline/viz/web/dist /usr/local/lib/python3.11/site-packages/viz/web/dist

USER upline
ENV UPLINE_HOME=/var/lib/upline
VOLUME /var/lib/upline
EXPOSE 8765
CMD ["upline", "serve", "--host", "0.0.0.0", "--port", "8765"]
