// Items that can be narrowed down. What is chosen stands in the address, so that it can be shared and come back to.
// Without this, every item stands in its list.
{
  const form = () => document.querySelector(".tf-filters")

  // What the address asks for, as far as this page knows it.
  const asked = selects => {
    const query = new URLSearchParams(location.search)
    return new Map(selects.map(each => {
      const value = query.get(each.name) ?? ""
      return [each.name, [...each.options].some(option => option.value === value) ? value : ""]
    }))
  }

  const show = panel => {
    const selects = [...panel.querySelectorAll("select")]
    const wanted = asked(selects)
    for (const each of selects) each.value = wanted.get(each.name)
    const chosen = [...wanted].filter(([, value]) => value)
    const items = [...document.querySelectorAll("[data-has]")]
    for (const item of items) {
      const has = new URLSearchParams(item.dataset.has)
      item.hidden = !chosen.every(([name, value]) => has.getAll(name).includes(value))
    }
    const shown = items.filter(item => !item.hidden).length
    for (const group of document.querySelectorAll("[data-group]")) {
      const all = group.querySelectorAll("[data-has]")
      const left = [...all].filter(item => !item.hidden).length
      // A column stays where it is, unless they stand one below the other; a list below the others goes.
      const none = chosen.length > 0 && left === 0
      group.toggleAttribute("data-none", none)
      // Nor does the table of contents lead to what is not shown.
      const id = group.matches("[data-group=list]") && group.querySelector("[id]")?.id
      for (const link of id ? document.querySelectorAll(`.md-nav--secondary a[href$="#${CSS.escape(id)}"]`) : [])
        link.closest("li").hidden = none
      const note = group.querySelector("[data-count]")
      if (note && all.length) {
        note.dataset.count ||= note.textContent
        note.textContent = chosen.length ? `${left} of ${note.dataset.count}` : note.dataset.count
      }
    }
    panel.querySelector("[role=status]").textContent =
      !chosen.length ? `${items.length} items`
        : shown ? `${shown} of ${items.length} items`
        : `None of ${items.length} items has all of this.`
    panel.querySelector("button").hidden = !chosen.length
  }

  const go = panel => {
    const query = new URLSearchParams(location.search)
    for (const each of panel.querySelectorAll("select"))
      each.value ? query.set(each.name, each.value) : query.delete(each.name)
    // Not a step of its own: Back leads to where one came from. What Material keeps there stays.
    history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`)
    show(panel)
  }

  const begin = panel => {
    panel.addEventListener("change", () => go(panel))
    panel.addEventListener("submit", event => event.preventDefault())
    panel.addEventListener("reset", event => {
      event.preventDefault()
      for (const each of panel.querySelectorAll("select")) each.value = ""
      go(panel)
      // The button is gone: without this, so is the place of who pressed it.
      panel.querySelector("select").focus()
    })
    show(panel)
    panel.classList.add("tf-control--ready")
  }

  // Material's instant navigation puts another page into this one.
  const look = () => {
    const panel = form()
    if (panel && !panel.matches(".tf-control--ready")) begin(panel)
  }
  look()
  window.document$?.subscribe(look)
  addEventListener("popstate", () => { if (form()) show(form()) })
}
