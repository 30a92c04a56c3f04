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

// The way through: saved while typing, names offered, results checked, and the review so far kept up to date.
(() => {
  const form = document.querySelector("form[data-way]");
  const aside = document.getElementById("side");
  const post = (address, pairs, more) =>
    fetch(address, { method: "POST", body: new URLSearchParams(pairs), ...more }).then((answer) => answer.json());
  const later = (work, wait) => {
    let timer = 0;
    return (...what) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...what), wait);
    };
  };

  // A place that the address names, or a message that has to be read first, gets the focus.
  const named = document.getElementById(window.location.hash.slice(1)) || document.getElementById("reply");
  if (named && named.tabIndex === -1 && named.textContent.trim()) named.focus();

  // What is known so far: worked out after the page is there, and after every answer.
  const look = async () => {
    try {
      const answer = await fetch(`${aside.dataset.at}?since=${aside.dataset.since}`);
      const text = answer.ok ? await answer.text() : "";
      if (text && text !== aside.innerHTML) aside.innerHTML = text;
    } catch { /* the plain link to the review stays */ }
  };
  if (aside) look();

  // Names while typing, in a list that the browser itself shows.
  const offer = later(async (field) => {
    const kind = field.dataset.names;
    const { names = [] } = await post("/live/names", [["kind", kind], ["text", field.value]]).catch(() => ({}));
    let list = document.getElementById(`names-${kind}`);
    if (!list) {
      list = document.createElement("datalist");
      list.id = `names-${kind}`;
      document.body.append(list);
    }
    list.replaceChildren(...names.map((name) => new Option(name, name)));
    field.setAttribute("list", list.id);
  }, 150);

  // A result is checked while it is written: unit, range, and what it would mean.
  const check = later(async (row) => {
    const said = row.querySelector(".row-said");
    const pairs = [...row.querySelectorAll("input[type=text]")].map((one) => [one.name.split("-").pop(), one.value]);
    if (!pairs.some(([key, value]) => key === "value" && value)) return;
    const found = await post(`${form.dataset.way}/lab-line`, pairs).catch(() => null);
    if (!found || found.error) return;
    const tries = (found.tries || []).join(", or: ");
    said.textContent = found.why ? `Not used yet: ${found.why.replace(/[.?]?$/, (end) => end || ".")}${tries ? ` Did you mean: ${tries}?` : ""}` : found.said;
  }, 350);

  // A diary line is read again while it is corrected.
  const taste = later(async (field) => {
    const found = await post("/live/food", [["text", field.value]]).catch(() => null);
    if (found && !found.error) document.getElementById(`${field.id}-said`).textContent = found.said;
  }, 350);

  if (!form) return;
  const told = document.getElementById("saved");
  let timer = 0, running = null, again = false, stopped = false;
  const filled = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const put = (id, html) => {
    const place = document.getElementById(id);
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    if (place.innerText.trim() !== fresh.content.textContent.trim() && place.dataset.was !== html) place.innerHTML = html;
    place.dataset.was = html;
  };
  const send = async () => {
    try {
      const found = await post(form.action, filled(), { headers: { "x-autosave": "1", accept: "application/json" } });
      if (found.error) {
        stopped = true;
        told.textContent = found.error;
        return;
      }
      for (const one of document.querySelectorAll("input[name=base]")) one.value = found.version;
      put("now", found.now);
      put("problems", found.problems);
      for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
      for (const name of found.lines) document.getElementById(name)?.setAttribute("aria-invalid", "true");
      told.textContent = "Saved on this computer.";
      await look();
    } catch {
      told.textContent = "Not saved: the page does not answer. Is twitchwise still running?";
    }
  };
  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    if (running) again = true;
    if (running || stopped) return;
    running = send();
    await running;
    running = null;
    if (again) {
      again = false;
      await save();
    }
  };
  form.addEventListener("input", (event) => {
    const field = event.target, row = field.closest("[data-lab]");
    if (field.dataset.names) offer(field);
    if (row) check(row);
    if ("food" in field.dataset) taste(field);
    if ("bulk" in field.dataset) return;
    clearTimeout(timer);
    timer = setTimeout(save, field.type === "text" ? 900 : 50);
  });

  // A form that is sent while an answer is on its way waits for it: else the two would look like two windows.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = 0;
    again = false;
    if (!running) return;
    event.preventDefault();
    stopped = true;
    delete form.dataset.sent;
    running.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("pagehide", () => {
    if (timer && !stopped) fetch(form.action, { method: "POST", body: new URLSearchParams(filled()), keepalive: true, headers: { "x-autosave": "1" } });
  });
})();
