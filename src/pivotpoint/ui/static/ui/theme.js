// Before anything is drawn: the theme that this reader chose.
const saved = localStorage.getItem("theme");
if (saved) document.documentElement.dataset.theme = saved;
