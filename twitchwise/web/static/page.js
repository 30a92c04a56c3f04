// What makes the page pleasant. Every page works without it. No library, no request to another host.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");

  // A form marked so asks once more before it deletes; without JavaScript a word has to be typed.
  for (const form of document.querySelectorAll("form[data-sure]")) {
    form.addEventListener("submit", (event) => {
      if (!window.confirm(form.dataset.sure)) event.preventDefault();
    });
  }

  // A second press on "send" while the first is under way would do the work twice.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) event.preventDefault();
      else form.dataset.sent = String(Date.now());
    });
  }

  // After a change the address says which notice to show; once shown, it is taken out again.
  const address = new URL(window.location.href);
  if (address.searchParams.has("said")) {
    address.searchParams.delete("said");
    window.history.replaceState(null, "", address);
  }
})();
