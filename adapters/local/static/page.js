// The page is drawn on the server. This swaps its fragments, listens to what changes, and keeps the focus where it was.
"use strict";

const $ = (id) => document.getElementById(id);
const page = document.body.dataset;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const store = {
  get(key) { try { return localStorage.getItem(`grove.${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`grove.${key}`, value); } catch { /* nothing is kept */ } },
};

function once() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toast(words) {
  $("toast").innerHTML = "";
  if (!words) return;
  const line = document.createElement("p");
  line.textContent = words;
  $("toast").append(line);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").innerHTML = ""; }, 12000);
}

/* Messages: every item has a key and a mark; only what differs is touched. */

let fetching = false, again = false;

async function sync() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    do {
      again = false;
      const answer = await fetch(`${page.base}/messages?limit=${$("list").dataset.limit}`);
      if (answer.ok) merge(await answer.text());
    } while (again);
  } catch { /* the stream says that the connection is lost, and comes back here */ } finally {
    fetching = false;
  }
}

function merge(html) {
  const list = $("list"), box = $("log"), fresh = document.createElement("template");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  fresh.innerHTML = html;
  const held = new Map(Array.from(list.children, (item) => [item.dataset.key, item]));
  const had = held.size;
  let place = list.firstElementChild, news = false;
  for (const item of Array.from(fresh.content.children)) {
    const old = held.get(item.dataset.key);
    held.delete(item.dataset.key);
    if (old && old.dataset.mark === item.dataset.mark) {
      if (old === place) place = place.nextElementSibling; else list.insertBefore(old, place);
    } else if (old) {
      const focused = old.contains(document.activeElement);
      if (old === place) place = place.nextElementSibling;
      old.replaceWith(item);
      list.insertBefore(item, place);
      if (focused) settle(item);
    } else {
      news = news || item.dataset.key.startsWith("m");
      if (had) item.classList.add("new");
      list.insertBefore(item, place);
    }
  }
  for (const gone of held.values()) {
    if (gone.contains(document.activeElement)) $("composer").focus();
    gone.remove();
  }
  if (atEnd) toEnd(); else if (news) $("newer").hidden = false;
  read();
}

function settle(item) {
  const next = item.querySelector("button:not(.linked), select, input:not([type=hidden])") || item.querySelector("article");
  next.focus({ preventScroll: true });
}

function toEnd(smooth = false) {
  $("log").scrollTo({ top: $("log").scrollHeight, behavior: smooth && !calm.matches ? "smooth" : "instant" });
  $("newer").hidden = true;
}

/* What is unread is remembered by this browser, for each person and room. */

function read() {
  const newest = Math.max(0, ...Array.from($("list").children, (item) => Number(item.dataset.key.match(/^m(\d+)/)?.[1] || 0)));
  if (!document.hidden && newest) store.set(`read.${page.person}.${page.room}`, newest);
  marks();
}

function marks() {
  let any = false;
  for (const link of document.querySelectorAll("[data-goes]")) {
    const here = link.dataset.goes === page.room && !document.hidden;
    const unread = !here && Number(link.dataset.latest) > Number(store.get(`read.${page.person}.${link.dataset.goes}`) || 0);
    link.classList.toggle("unread", unread);
    link.querySelector(".dot").hidden = !unread;
    any = any || unread;
  }
  $("menu").querySelector(".dot").hidden = !any;
  document.title = document.title.replace(/^• /, any ? "• " : "").replace(/^(?!• )/, any ? "• " : "");
}

/* The live stream, and the workspace's clock. */

function listen() {
  const stream = new EventSource(page.stream);
  const lost = $("lost").firstElementChild;
  stream.onopen = () => { lost.hidden = true; sync(); };
  stream.onerror = () => {
    lost.hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
  stream.addEventListener("resync", sync);
  stream.addEventListener("message", (event) => {
    const { room, id } = JSON.parse(event.data);
    for (const link of document.querySelectorAll("[data-goes]")) {
      if (link.dataset.goes === room) link.dataset.latest = Math.max(Number(link.dataset.latest), id);
    }
    if (room === page.room) sync(); else marks();
  });
  stream.addEventListener("clock", (event) => {
    const { now, moving, done } = JSON.parse(event.data);
    ahead = new Date(now) - Date.now();
    clocks();
    $("progress").hidden = !moving;
    $("progress").value = done;
    for (const button of $("clock").querySelectorAll("button")) button.disabled = moving;
    if (!moving) sync();
  });
  addEventListener("pagehide", () => stream.close());
}

let ahead = new Date(page.now) - Date.now();

function clocks() {
  const now = new Date(Date.now() + ahead);
  for (const clock of document.querySelectorAll("[data-zone]")) {
    const day = "full" in clock.dataset ? { day: "numeric", month: "short" } : {};
    const format = { timeZone: clock.dataset.zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...day };
    const parts = Object.fromEntries(new Intl.DateTimeFormat(document.documentElement.lang, format).formatToParts(now).map((part) => [part.type, part.value]));
    const words = [parts.weekday, parts.day, parts.month, `${parts.hour}:${parts.minute}`].filter(Boolean).join(" ");
    if (clock.textContent !== words) clock.textContent = words;
  }
}

/* Deeds: every form of the page is sent without leaving it. */

async function send(form, button) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.dataset.once = form.dataset.once || once();
  const data = new URLSearchParams(new FormData(form, button));
  data.set("key", form.dataset.once);
  form.setAttribute("aria-busy", "true");
  const answer = await post(form.action, data);
  form.removeAttribute("aria-busy");
  if (!answer) return;
  delete form.dataset.once;
  if (form.closest("dialog")) close(form.closest("dialog"));
  if (answer.dialog) show(answer.dialog); else await sync();
}

async function post(url, data) {
  try {
    const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const told = await answer.json();
    toast(told.notice);
    return answer.ok ? told : null;
  } catch {
    toast(page.broke);
    return null;
  }
}

/* What is written is taken at once and sent in order; what did not get through comes back, to be sent as the same deed. */

let sending = Promise.resolve(), failed = null;

function write(form) {
  const field = $("composer"), text = field.value;
  if (!text.trim()) return;
  shut();
  const key = failed?.text === text ? failed.key : once();
  field.value = "";
  grow();
  sending = sending.then(async () => {
    const answer = await post(form.action, new URLSearchParams({ text, key }));
    failed = answer ? null : { text, key };
    if (!answer && !field.value) { field.value = text; grow(); }
    if (!answer) return;
    if (answer.dialog) show(answer.dialog);
    await sync();
    toEnd(true);
  });
}

function show(html) {
  $("dialogs").innerHTML = html;
  const dialog = $("dialogs").querySelector("dialog");
  dialog.removeAttribute("open");
  dialog.showModal();
  const wrong = dialog.querySelector("[aria-invalid=true]");
  const first = wrong || dialog.querySelector(".fields");
  (first.matches("input, select, textarea") ? first : first.querySelector("input:not([type=hidden]), select, textarea") || first).focus();
  dialog.addEventListener("close", () => dialog.remove());
}

function close(dialog) {
  dialog.close();
  if (document.activeElement === document.body) $("composer").focus();
}

/* The composer and its palette. */

let chosen = -1, asked = 0;

function grow() {
  const field = $("composer");
  field.rows = Math.min(8, field.value.split("\n").length);
}

async function complete() {
  const text = $("composer").value, turn = ++asked;
  if (!text.startsWith("/") || text.includes("\n")) return shut();
  const answer = await fetch(`${page.base}/palette?text=${encodeURIComponent(text)}`).catch(() => null);
  const options = answer?.ok ? await answer.text() : "";
  if (turn !== asked) return;
  $("palette").innerHTML = options;
  $("palette").dataset.typed = text;
  const n = $("palette").children.length;
  $("palette").hidden = n === 0;
  $("spoken").textContent = n === 0 ? "" : n === 1 ? page.foundOne : page.found.replace("{n}", n);
  choose(n > 0 && !/^\/grove \S+ /.test(text) ? 0 : -1);
}

function shut() {
  asked += 1;
  $("palette").hidden = true;
  $("palette").innerHTML = "";
  $("spoken").textContent = "";
  choose(-1);
}

function choose(at) {
  chosen = at;
  const options = Array.from($("palette").children);
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
  if (at < 0) return $("composer").removeAttribute("aria-activedescendant");
  $("composer").setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

function take(option) {
  $("composer").value = option.dataset.text;
  $("composer").focus();
  if ("complete" in option.dataset) shut(); else complete();
}

function keys(event) {
  const options = $("palette").children, open = !$("palette").hidden && $("palette").dataset.typed === $("composer").value;
  if (event.isComposing) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(chosen < 0 && step < 0 ? options.length - 1 : (chosen + step + options.length) % options.length);
  } else if (open && event.key === "Escape") {
    event.preventDefault();
    shut();
  } else if (open && chosen >= 0 && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
    event.preventDefault();
    const option = options[chosen], typed = option.dataset.text.trim() === $("composer").value.trim();
    take(option);
    if (event.key === "Enter" && (typed || "complete" in option.dataset)) write($("compose"));
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    shut();
    write($("compose"));
  }
}

/* The drawer on a narrow window, light and dark. */

function drawer(open) {
  document.body.classList.toggle("drawer", open);
  $("menu").setAttribute("aria-expanded", String(open));
  $("stage").inert = open;
  (open ? $("close") : $("menu")).focus();
}

function look() {
  const root = document.documentElement;
  const dark = (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  root.dataset.theme = dark ? "light" : "dark";
  store.set("theme", root.dataset.theme);
}

function begin() {
  $("theme").addEventListener("click", look);
  $("menu").addEventListener("click", () => drawer(true));
  $("close").addEventListener("click", () => drawer(false));
  $("veil").addEventListener("click", () => drawer(false));
  $("newer").addEventListener("click", () => toEnd(true));
  $("composer").addEventListener("keydown", keys);
  $("composer").addEventListener("input", () => { grow(); complete(); });
  $("composer").addEventListener("blur", () => setTimeout(shut, 150));
  $("palette").addEventListener("mousedown", (event) => event.preventDefault());
  $("log").addEventListener("scroll", () => {
    if ($("log").scrollHeight - $("log").scrollTop - $("log").clientHeight < 40) $("newer").hidden = true;
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && document.body.classList.contains("drawer")) drawer(false); });
  addEventListener("storage", marks);
  addEventListener("error", () => toast(page.broke));
  document.addEventListener("visibilitychange", read);
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.id === "compose") write(event.target); else send(event.target, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-close]")) close(target.closest("dialog"));
    else if (target.closest("#palette li")) take(target.closest("li"));
    else if (target.closest("[data-limit]:not(#list)")) { $("list").dataset.limit = target.closest("[data-limit]").dataset.limit; sync(); }
  });
  if ($("dialogs").firstElementChild) show($("dialogs").innerHTML);
  toEnd();
  read();
  listen();
  if (matchMedia("(min-width: 50rem)").matches) $("composer").focus();
}

clocks();
setInterval(clocks, 5000);
if (page.room) begin();
