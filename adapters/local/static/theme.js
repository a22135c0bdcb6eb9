// The chosen look, set before the page is painted; without a choice the system decides.
try {
  const chosen = localStorage.getItem("grove.theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* storage is closed: the system decides */ }
