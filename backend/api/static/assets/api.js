// Talks to /api/v1 with the session's cookie and the stated purpose.

const BASE = "/api/v1";
let purpose = "";
let language = "zh";

export class Problem extends Error {
  constructor(body) {
    super(body.detail || body.title);
    this.code = body.code;
    this.title = body.title;
  }
}

export function speak(tongue) {
  language = tongue;
}

export function state(text) {
  purpose = text.trim();
}

export async function call(method, path, body) {
  const headers = { "Accept-Language": language };
  if (purpose) headers["X-Purpose"] = encodeURIComponent(purpose);
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(BASE + path, {
    method,
    headers,
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 204) return null;
  const found = await answer.json();
  if (!answer.ok) throw new Problem(found);
  return found;
}

export const get = (path, query = {}) => {
  const text = new URLSearchParams(query).toString();
  return call("GET", text ? `${path}?${text}` : path);
};

/** All pages of a list, up to `most` entries; says how many there are. */
export async function all(path, items, query = {}, most = 3000) {
  const found = [];
  let cursor = null;
  let total = 0;
  do {
    const page = await get(path, { ...query, ...(cursor ? { cursor } : {}) });
    found.push(...page[items]);
    ({ total, next: cursor } = page);
  } while (cursor && found.length < most);
  return { found, total };
}

export const enc = encodeURIComponent;
export const drawing = (path) => `${BASE}/drawings/${path}?language=${language}`;
