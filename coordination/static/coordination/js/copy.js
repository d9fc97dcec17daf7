// A button with data-copy="<selector>" copies the text of what it names and says so for a moment.

const MOMENT = 2000;

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  if (!source) return;
  await navigator.clipboard.writeText(source.innerText.trim());
  const said = button.querySelector("[data-copied]");
  if (!said) return;
  said.hidden = false;
  setTimeout(() => {
    said.hidden = true;
  }, MOMENT);
}

export function watchCopying() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
