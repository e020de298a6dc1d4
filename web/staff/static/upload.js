// Sends files and shows how much of them is sent; when the connection drops they stay chosen.
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const files = form.querySelector('input[type="file"]');
  const drop = form.querySelector(".drop");
  const state = form.querySelector("[data-state]");
  const bar = form.querySelector("[data-bar]");
  const button = form.querySelector("button");

  const say = (words, wrong) => {
    state.className = wrong ? "problem" : "";
    state.textContent = words;
    bar.hidden = Boolean(wrong) || !words;
    button.disabled = Boolean(words) && !wrong;
  };

  for (const name of ["dragover", "dragenter"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const most = Number(form.dataset.most) * 1e6;
    const large = [...files.files].filter((file) => file.size > most).map((file) => file.name);
    if (large.length) return say(`${form.dataset.tooLarge} ${large.join(", ")}`, true);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL);
      say(form.dataset.dropped, true);
    });
    for (const name of ["error", "abort", "timeout"]) {
      request.addEventListener(name, () => say(form.dataset.dropped, true));
    }
    say(form.dataset.sending, false);
    request.send(new FormData(form));
  });
})();
