{% autoescape off %}// Puts Pivotpoint's form where this script stands; from the head, at the page's end.
(() => {
  const here = document.currentScript;
  const put = (part) => {
    if (here.parentNode === document.head) addEventListener("DOMContentLoaded", () => document.body.append(part));
    else here.after(part);
  };
  if (!{{ sites }}.includes(location.origin)) {
    const said = document.createElement("p");
    said.textContent = `This form isn't open to ${location.origin}. Name that site in the settings of its channel.`;
    put(said);
    return;
  }
  const frame = document.createElement("iframe");
  frame.src = {{ source }};
  frame.title = {{ title }};
  frame.loading = "lazy";
  frame.style.cssText = "inline-size:100%;block-size:420px;border:0";
  put(frame);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || typeof event.data?.pivotpoint !== "number") return;
    frame.style.blockSize = `${Math.min(Math.max(event.data.pivotpoint, 120), 2000)}px`;
  });
})();
{% endautoescape %}
