// Shows how far a job has come without loading its page again and again.
(() => {
  const box = document.getElementById("job");
  if (!box) return;
  const bar = box.querySelector("progress");
  const step = box.querySelector("[data-step]");
  const ask = async () => {
    try {
      const response = await fetch(box.dataset.address, { cache: "no-store" });
      if (!response.ok) return location.reload();
      const job = await response.json();
      if (job.go) return location.replace(job.go);
      if (!["waiting", "running"].includes(job.state)) return location.reload();
      if (step.textContent !== job.step) step.textContent = job.step;
      if (job.total) {
        bar.max = job.total;
        bar.value = job.done;
      } else {
        bar.removeAttribute("value");
      }
    } catch {
      // The connection dropped: the job goes on, and so do we.
    }
    setTimeout(ask, 700);
  };
  ask();
})();
