// Between a click and its answer: something is going on, it went wrong, or the login is over.
const LOGIN = "/accounts/login/";
const LONGEST = 20000;

// A form is sent once. Until the answer is there, its button says that something is going on.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  keep();
  if (form.matches("[hx-post]")) return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => free(form), LONGEST);
});

// A page that is slow to come: the line at the top says so. A file that is kept leaves the page where it is.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  document.body.toggleAttribute("data-leaving", true);
  setTimeout(() => document.body.removeAttribute("data-leaving"), LONGEST / 4);
});

function free(form) {
  for (const part of [form, ...form.querySelectorAll("[aria-busy]")]) part.removeAttribute("aria-busy");
}

// The page may come back as it was left.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.removeAttribute("data-leaving");
  document.querySelectorAll("form[aria-busy]").forEach(free);
});

// What is written outlives a lost login: it stays in this tab until the page is seen again.
function keep() {
  const words = [...document.querySelectorAll("textarea")].map((field) => [field.id || field.name, field.value]);
  const written = words.filter(([, value]) => value.trim());
  if (written.length) sessionStorage.setItem("written", JSON.stringify([location.pathname, written]));
}

if (!location.pathname.startsWith("/accounts/")) {
  const [path, written] = JSON.parse(sessionStorage.getItem("written") ?? "[]");
  sessionStorage.removeItem("written");
  const back = document.referrer && new URL(document.referrer).pathname.startsWith("/accounts/");
  if (back && path === location.pathname) {
    for (const [name, value] of written) {
      const field = document.getElementById(name) ?? document.getElementsByName(name)[0];
      if (field && !field.value) field.value = value;
    }
  }
}

// The part of a page asked for more, and got the login.
document.addEventListener("htmx:beforeSwap", (event) => {
  const arrived = new URL(event.detail.xhr.responseURL, location.href).pathname;
  if (arrived !== LOGIN && !event.detail.isError) sessionStorage.removeItem("written");
  if (arrived !== LOGIN) return;
  event.detail.shouldSwap = false;
  keep();
  location.assign(`${LOGIN}?next=${encodeURIComponent(location.pathname + location.search)}`);
});

document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) return fault("Your login is over, or you may not do this. Copy what you wrote, then load the page again.");
  fault(`That did not work: the server answered ${status}. Load the page again, then repeat the step.`);
});
document.addEventListener("htmx:sendError", () => {
  fault("The server does not answer. What you wrote is still here; send it again in a moment.");
});

// Said once, however often a part of the page asks.
function fault(words) {
  if (!document.querySelector(".toast.wrong")) say(words, true);
}
