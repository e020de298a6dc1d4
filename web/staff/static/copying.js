// Copies a passage with its source: as rich text and Markdown, or as Markdown alone.
(() => {
  const said = document.getElementById("copied");
  const copy = async (hit, kind) => {
    const markdown = hit.querySelector(".by-hand textarea");
    const rich = hit.querySelector("template").innerHTML;
    try {
      if (kind === "rich" && window.ClipboardItem) {
        await navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([rich], { type: "text/html" }),
          "text/plain": new Blob([markdown.value], { type: "text/plain" }),
        })]);
      } else {
        await navigator.clipboard.writeText(markdown.value);
      }
      said.textContent = "";
      said.textContent = said.dataset.done;
      said.className = "done toast";
    } catch {
      markdown.closest("details").open = true;
      markdown.focus();
      markdown.select();
      said.textContent = said.dataset.failed;
      said.className = "problem toast";
    }
    setTimeout(() => { said.className = "sr"; }, 4000);
  };
  // The buttons need scripts, so they are shown by one; also those that come later.
  const show = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  new MutationObserver(show).observe(document.getElementById("main"), { childList: true, subtree: true });
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button.closest(".hit"), button.dataset.copy);
  });
  document.addEventListener("copy-passage", (event) => copy(event.target, event.detail));
})();
