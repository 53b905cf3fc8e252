import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { open } from "./page.js";

const { goBack, goOn, keepForOtherTab, takeReturn, takeSignOut, waiting } = await import(
  "../wwwroot/assets/entry/returning.js"
);

/** @type {string | null} */
let assigned = null;

beforeEach(() => {
  takeSignOut();
  assigned = null;
  globalThis.sessionStorage = storage();
  globalThis.localStorage = storage();
});

function storage() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}

function openWith(search, pathname = "/login") {
  open(pathname);
  globalThis.location.search = search;
  globalThis.location.assign = (url) => {
    assigned = url;
  };
  const email = takeReturn();
  globalThis.location.assign = (url) => {
    assigned = url;
  };
  return email;
}

test("the request of an application is taken out of the address bar, and leads back once", () => {
  assert.equal(openWith("?return=AbC-_9&email=ada%40example.org"), "ada@example.org");
  assert.equal(location.search, undefined);
  assert.equal(waiting(), "AbC-_9");
  assert.ok(goBack());
  assert.equal(assigned, "/oauth/authorize?resume=AbC-_9");
  assert.equal(waiting(), null);
  assert.ok(!goBack());
});

for (const other of ["//evil.example", "https://evil.example", "javascript:alert(1)", "a&resume=b", "a#b", "a/../b", ""]) {
  test(`${other || "nothing"} is no request to go back with`, () => {
    openWith(`?return=${encodeURIComponent(other)}`);
    assert.equal(waiting(), null);
    assert.ok(!goBack());
    assert.equal(assigned, null);
  });
}

test("another tab goes on with the request only where an email is awaited", () => {
  openWith("?return=first");
  globalThis.sessionStorage = storage();
  assert.equal(globalThis.localStorage.getItem("return"), null);
  keepForOtherTab();
  assert.ok(globalThis.localStorage.getItem("return").includes("first"));
});

test("a request that waits for longer than an hour is forgotten", () => {
  globalThis.localStorage.setItem("return", JSON.stringify({ sealed: "old", until: Date.now() - 1 }));
  assert.equal(waiting(), null);
});

test("a sign-out goes on at its own address", () => {
  openWith("?return=out", "/sign-out");
  goOn(takeSignOut());
  assert.equal(assigned, "/oauth/logout?resume=out");
  assert.equal(waiting(), null);
});

test("storage that is turned off loses nothing within the page", () => {
  const off = () => {
    throw new Error("off");
  };
  globalThis.sessionStorage = { getItem: off, setItem: off, removeItem: off };
  globalThis.localStorage = globalThis.sessionStorage;
  openWith("?return=here");
  assert.ok(goBack());
  assert.equal(assigned, "/oauth/authorize?resume=here");
});
