// Dialogs: a button with data-opens="<id>" opens one; a form with data-confirm="<id>" is sent only after "yes".

async function answer(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}

export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    else if (event.target.matches("dialog")) event.target.close();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const dialog = document.getElementById(form.dataset?.confirm ?? "");
    if (!dialog || form.dataset.confirmed === "yes") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sender = event.submitter;
    if (!(await answer(dialog))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(sender);
    delete form.dataset.confirmed;
  }, true);
}
