{% autoescape off %}// Puts Pivotpoint's form where this script stands; from the head, at the page's end.
(() => {
  const frame = document.createElement("iframe");
  frame.src = {{ source }};
  frame.title = {{ title }};
  frame.loading = "lazy";
  frame.style.cssText = "inline-size:100%;block-size:420px;border:0";
  const here = document.currentScript;
  if (here.parentNode === document.head) addEventListener("DOMContentLoaded", () => document.body.append(frame));
  else here.after(frame);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || typeof event.data?.pivotpoint !== "number") return;
    frame.style.blockSize = `${Math.min(Math.max(event.data.pivotpoint, 120), 2000)}px`;
  });
})();
{% endautoescape %}
