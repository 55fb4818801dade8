// Only the preview sends this: reloads the page when a new site is complete, and shows what stands in its way.
(() => {
  const { audience, build: seen } = document.currentScript.dataset;
  let events = null;

  const show = ({ key, html }) => {
    const old = document.getElementById("twofold-preview");
    // What is there already stays: people may be reading it, and it would be announced again.
    if ((old ? old.dataset.key : "") === key) return;
    if (old) old.remove();
    document.body.insertAdjacentHTML("beforeend", html);
  };

  const listen = () => {
    // A browser has six connections to a host: pages in the background do without.
    if (events || document.visibilityState === "hidden") return;
    events = new EventSource(`/.twofold/events/${encodeURIComponent(audience)}`);
    events.onmessage = (event) => {
      const now = JSON.parse(event.data);
      if (now.build === seen) {
        show(now.trouble);
      } else {
        rest();
        location.reload();
      }
    };
  };

  const rest = () => {
    if (events) events.close();
    events = null;
  };

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
})();
