// Theme toggle, keys, toasts. Everything works without it.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  }
  event.target.closest("[data-dismiss]")?.closest(".toast").remove();
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    opener.closest("details.menu")?.removeAttribute("open");
    document.getElementById(opener.dataset.dialog)?.showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
});

// A control that submits its form when it changes (filters).
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// After the back button a filter says what the list shows, not what was chosen next.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form:has([data-submit])")) if (form.method === "get") form.reset();
});

// What is folded away is passed over.
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility?.() ?? true);
let at = rows().findIndex((row) => row.hasAttribute("aria-current"));
rows()[at]?.scrollIntoView({ block: "nearest" });
toTheEnd();
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
// Sideways alone: such a bar may stand far down the page.
for (const here of document.querySelectorAll(".seg > [aria-current]")) {
  const bar = here.parentElement;
  bar.scrollLeft += Math.max(0, here.getBoundingClientRect().right - bar.getBoundingClientRect().right);
}

// A conversation is read from its end; what has just been written is shown.
function toTheEnd() {
  for (const part of document.querySelectorAll("[data-bottom]")) part.scrollTo(0, part.scrollHeight);
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id === "msgs") toTheEnd();
});

function step(by) {
  const all = rows();
  if (!all.length) return;
  all[at]?.classList.remove("here");
  at = Math.min(all.length - 1, Math.max(0, at + by));
  all[at].classList.add("here");
  all[at].scrollIntoView({ block: "nearest" });
}

// One menu is open at a time, and a click elsewhere closes it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Ctrl or Cmd and Enter sends what is being written.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("[data-send]")?.form;
  form?.requestSubmit(form.querySelector("[data-sends]"));
});

const keys = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  Enter: () => (rows()[at]?.querySelector("a[href]") ?? rows()[at])?.click(),
  x: () => rows()[at]?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog[open]")) return;
  if (localStorage.getItem("keys") === "off") return;
  const key = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
  const named = rows()[at]?.querySelector(key) ?? document.querySelector(key);
  if (event.key === "Enter" && (at < 0 || event.target.closest("a, button, summary"))) return;
  const act = named ? () => named.click() : keys[event.key] ?? keys[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
});

// Who speaks to their computer, or types by accident, turns the single keys off.
for (const box of document.querySelectorAll("[data-keys]")) {
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
}

// What went well is said for a while; what went wrong stays until somebody closes it.
for (const toast of document.querySelectorAll(".toast:not(.wrong)")) setTimeout(() => toast.remove(), 10000);

// Buttons that act on chosen rows say first that some must be chosen.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-needs-chosen]");
  if (!button) return;
  const needed = Number(button.dataset.needsChosen);
  if (document.querySelectorAll(".pick :checked").length >= needed) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  say(needed > 1 ? `Choose ${needed} rows or more first.` : "Choose a row first.");
}, true);

function say(words, wrong = false) {
  const toast = document.createElement("div");
  toast.className = wrong ? "toast wrong" : "toast";
  toast.textContent = words;
  document.querySelector(".toasts").append(toast);
  if (!wrong) return setTimeout(() => toast.remove(), 4000);
  toast.insertAdjacentHTML("beforeend", '<button type="button" data-dismiss>Close</button>');
}

// On a phone the switchyard's table is the better beginning; the drawing is one tap away.
if (matchMedia("(max-width: 640px)").matches) document.querySelector('.yard-page [value="table"]')?.click();
