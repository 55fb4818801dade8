// What is wrong with the layout of the page that is open. Gives a list of sentences for each claim.
() => {
  const visible = element =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
  const name = element => {
    const own = element.id ? `#${element.id}` : [...element.classList].map(each => `.${each}`).join("")
    return element.tagName.toLowerCase() + own
  }
  const short = text => `“${text.trim().replace(/\s+/g, " ").slice(0, 60)}”`
  const overflow = element => {
    const style = getComputedStyle(element)
    return { x: style.overflowX, y: style.overflowY }
  }
  const scrolls = value => value === "auto" || value === "scroll"
  const wide = document.documentElement.clientWidth

  // Every visible text with the boxes of its lines, in the page's coordinates.
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!node.data.trim() || /^(script|style|template|noscript|title|desc)$/i.test(parent.tagName) || !visible(parent))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1)
    if (boxes.length) texts.push({ node, parent, boxes, text: short(node.data) })
  }

  // A text is cut off by the nearest ancestor that clips; beyond one that scrolls, the reader can get there.
  const clipped = []
  for (const each of texts) {
    each.boxes = each.boxes.filter(box => {
      let keep = true
      let axes = { x: true, y: true }
      for (let up = each.parent; up && up !== document.body && (axes.x || axes.y); up = up.parentElement) {
        const how = overflow(up)
        if (how.x === "visible" && how.y === "visible") {
          if (getComputedStyle(up).position === "fixed") break
          continue
        }
        const room = up.getBoundingClientRect()
        if (room.width <= 1 || room.height <= 1) return false // Hidden for the eye, there for the ear.
        const outside = {
          x: box.right > room.right + 1.5 || box.left < room.left - 1.5,
          y: box.bottom > room.bottom + box.height / 4 || box.top < room.top - box.height / 4,
        }
        for (const axis of ["x", "y"]) {
          if (!axes[axis] || how[axis] === "visible") continue
          // A table of contents may shorten: the heading itself is on the page.
          if (scrolls(how[axis]) || (getComputedStyle(up).webkitLineClamp !== "none" && up.closest("nav"))) {
            axes[axis] = false
            // Scrolled out of sight: nothing to overlap with.
            if (outside[axis]) keep = false
          } else if (outside[axis]) {
            clipped.push(`${each.text} is cut off by ${name(up)}`)
            return false
          }
        }
      }
      return keep && box.right > 0 && box.bottom + scrollY > 0
    })
  }

  // Boxes of text are higher than their letters: only the middle half counts.
  const overlapping = []
  const lines = texts.flatMap(each =>
    each.boxes.map(box => ({
      each,
      left: box.left + 0.5,
      right: box.right - 0.5,
      top: box.top + box.height / 4,
      bottom: box.bottom - box.height / 4,
    })),
  )
  lines.sort((one, other) => one.top - other.top)
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom - 0.5; next += 1) {
      const other = lines[next]
      if (other.each !== one.each && other.left < one.right && one.left < other.right)
        overlapping.push(`${one.each.text} and ${other.each.text}`)
    }
  })

  const sideways = []
  if (document.scrollingElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth) {
    sideways.push(`the page is ${document.scrollingElement.scrollWidth} wide`)
    const kept = element =>
      element !== document.body && (overflow(element).x !== "visible" || kept(element.parentElement))
    for (const element of document.body.querySelectorAll("*")) {
      if (element.getBoundingClientRect().right > wide + 1 && !kept(element.parentElement)) sideways.push(name(element))
    }
  }

  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]"
  const unscrollable = []
  for (const element of document.body.querySelectorAll("*")) {
    const how = overflow(element)
    const more =
      (scrolls(how.x) && element.scrollWidth > element.clientWidth + 1) ||
      (scrolls(how.y) && element.scrollHeight > element.clientHeight + 1)
    if (more && visible(element) && element.tabIndex < 0 && !element.querySelector(focusable))
      unscrollable.push(`${name(element)} scrolls, and no key gets there`)
  }

  const titles = [...document.querySelectorAll("h1")].filter(visible).map(each => short(each.textContent))
  return {
    sideways: sideways.slice(0, 8),
    clipped: [...new Set(clipped)],
    overlapping: [...new Set(overlapping)],
    unscrollable,
    untitled: titles.length === 1 ? [] : [`${titles.length} titles: ${titles.join(", ")}`],
    unwritten: document.querySelector("article")?.innerText.trim().length > 10 ? [] : ["the page says nothing"],
  }
}
