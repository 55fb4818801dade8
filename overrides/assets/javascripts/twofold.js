// What Material leaves to the mouse, and the address of a place to take along. Pages work without this.
{
  const all = selector => document.querySelectorAll(selector)
  const narrow = matchMedia("(max-width: 76.234375em)")

  const reachable = () => {
    // What scrolls can be scrolled by keys: wide tables, and rows of tabs.
    for (const each of all(".md-typeset__scrollwrap, .tabbed-labels"))
      if (each.scrollWidth > each.clientWidth) each.tabIndex = 0

    // Material's buttons for navigation and search are labels; Enter works on labels in its own script.
    for (const [name, of] of [["__drawer", ".md-nav--primary"], ["__search", ".md-search__input"]])
      for (const each of all(`label.md-header__button[for=${name}]`)) {
        each.role = "button"
        each.tabIndex = 0
        each.ariaLabel = document.querySelector(of).ariaLabel
      }

    // What opens a part of the navigation is a button, and says which part.
    for (const each of all("label.md-nav__link[for]")) {
      each.role = "button"
      each.tabIndex = 0
      if (!each.textContent.trim()) each.ariaLabel = each.previousElementSibling.textContent.trim()
    }

    // On a phone, a title leads back to the part above; elsewhere it is a title.
    for (const each of all("label.md-nav__title[for]:not([for=__drawer])")) {
      each.role = narrow.matches ? "button" : null
      each.tabIndex = narrow.matches ? 0 : -1
    }

    // Until a scheme is chosen, no radio button is, and Shift and Tab would go to one that is not shown.
    const scheme = document.querySelector(".md-option:has(+ label:not([hidden]))")
    if (scheme) scheme.checked = true
  }

  const drawer = document.getElementById("__drawer")
  addEventListener("load", reachable)
  addEventListener("resize", reachable)
  addEventListener("keydown", event => {
    if (event.key === "Tab") {
      reachable()
    } else if (event.key === " " && event.target.matches("label[tabindex]")) {
      event.preventDefault()
      event.target.click()
    } else if (event.key === "Escape" && drawer.checked) {
      drawer.click()
      document.querySelector(".md-header__button[for=__drawer]").focus()
    }
  })

  // A permanent link leads to its place, and its address is copied where the browser lets us.
  const told = document.createElement("div")
  told.className = "md-dialog"
  told.role = "status"
  document.body.append(told)
  let over
  addEventListener("click", async event => {
    const link = event.target.closest?.(".headerlink")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    try {
      await navigator.clipboard.writeText(link.href)
    } catch {
      return
    }
    told.innerHTML = '<div class="md-dialog__inner md-typeset">Link copied</div>'
    told.classList.add("md-dialog--active")
    clearTimeout(over)
    over = setTimeout(() => {
      told.classList.remove("md-dialog--active")
      told.replaceChildren()
    }, 2000)
  })
}
