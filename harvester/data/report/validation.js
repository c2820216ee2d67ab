"use strict";
const form = document.getElementById("filter");
if (form) {
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const rules = [...document.querySelectorAll("article.rule")].map((rule) => ({
    rule,
    severity: rule.dataset.severity,
    text: "",
    items: null,
  }));
  const read = (entry) => {
    if (entry.items) return;
    const items = [...entry.rule.querySelectorAll("li")];
    entry.items = items.map((item) => ({ item, text: item.textContent.toLowerCase() }));
    entry.text = [...entry.rule.querySelectorAll("h3, p")].map((p) => p.textContent).join(" ").toLowerCase();
  };
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const entry of rules) {
      if (wanted.length) read(entry);
      const whole = wanted.every((word) => entry.text.includes(word));
      let any = whole;
      for (const { item, text } of entry.items || []) {
        item.hidden = !whole && !wanted.every((word) => text.includes(word) || entry.text.includes(word));
        any = any || !item.hidden;
      }
      entry.rule.hidden = !any || !severities.has(entry.severity);
      count += !entry.rule.hidden;
      const details = entry.rule.querySelector("details");
      if (details && wanted.length && any && !whole) details.open = true;
    }
    shown.textContent = shown.dataset.text.replace("#", count);
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  filter();
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
