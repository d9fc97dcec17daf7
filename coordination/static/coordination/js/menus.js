// Menus are details elements: Escape and a click elsewhere close them, and only one stands open.

function close(menu) {
  menu.open = false;
}

function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

export function closeMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) close(menu);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      close(menu);
      menu.querySelector("summary").focus();
    }
  });
}
