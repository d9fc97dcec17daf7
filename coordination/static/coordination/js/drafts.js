// Drafts: a form with data-draft="<key>" is kept in this browser while it is being written, and given back.
// The key names the person and the form, so that two people at one machine do not read each other's drafts.
// Passwords, files and hidden fields are never kept. A draft goes once its form was sent without being shown again.

const PREFIX = "jianjing:draft:";
const WAIT = 400;
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button"]);

function fields(form) {
  return [...form.elements].filter((field) => field.name && !SKIPPED.has(field.type));
}

function read(form) {
  return fields(form).map((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? [field.name, field.value, field.checked]
      : [field.name, field.value],
  );
}

function write(form, kept) {
  const all = fields(form);
  for (const [name, value, isChecked] of kept) {
    const field = all.find((one) => one.name === name && (isChecked === undefined || one.value === value));
    if (!field) continue;
    if (isChecked === undefined) field.value = value;
    else field.checked = isChecked;
  }
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function save(form, key) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: read(form) }));
    return true;
  } catch {
    return false;
  }
}

function say(form, state) {
  for (const word of form.querySelectorAll("[data-draft-state]")) {
    word.hidden = word.dataset.draftState !== state;
  }
}

function watch(form) {
  const key = form.dataset.draft;
  const kept = load(key);
  const isNew = !form.querySelector("[aria-invalid='true']") && form.dataset.draftBound !== "yes";
  if (kept && isNew) {
    write(form, kept.values);
    say(form, "restored");
  }
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => say(form, save(form, key) ? "kept" : "lost"), WAIT);
  });
  form.addEventListener("reset", () => {
    clearTimeout(timer);
    localStorage.removeItem(PREFIX + key);
    say(form, "");
  });
}

export function keepDrafts() {
  // A page that came after a saved form names the draft that is done with.
  for (const mark of document.querySelectorAll("[data-draft-done]")) {
    localStorage.removeItem(PREFIX + mark.dataset.draftDone);
  }
  for (const form of document.querySelectorAll("form[data-draft]")) watch(form);
}
