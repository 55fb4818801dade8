// Follows the focus through a page. Gives an object to be called once before, and once after each key.
() => {
  const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const boxes = element => [...element.getClientRects()].filter(box => box.width > 1 && box.height > 1)
  const name = element => element.outerHTML.replace(/\s+/g, " ").slice(0, 120)

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return canvas.getImageData(0, 0, 1, 1).data
  }
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map(each =>
      each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const backdrop = element => {
    for (let up = element; up; up = up.parentElement) {
      const colour = rgba(getComputedStyle(up).backgroundColor)
      if (colour[3] > 127) return colour
    }
    return rgba("white")
  }

  // Where an input is not to be seen itself, its labels stand for it, or the row of tabs that it is one of.
  const standIns = input => [...input.labels, input.nextElementSibling, input.parentElement.querySelector(".tabbed-labels")]
  const faces = element =>
    [element, ...(element instanceof HTMLInputElement ? standIns(element) : [])].filter(
      each => each && (each === element || each.matches("label, .tabbed-labels")) && shown(each) && boxes(each).length,
    )
  const ringed = element => {
    const style = getComputedStyle(element)
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) return false
    const around = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement
    return contrast(rgba(style.outlineColor), backdrop(around)) >= 3
  }
  // The middle of what the window shows of it is not behind anything.
  const inSight = element =>
    boxes(element).some(box => {
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
      const met = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return left < right && top < bottom && met && (element.contains(met) || met.contains(element))
    })

  const operable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]"
  const group = input => [...document.getElementsByName(input.name)].filter(each => each.form === input.form)
  // Of radio buttons the chosen one takes the focus for all.
  const stands = element =>
    element.type === "radio" && element.name
      ? (group(element).find(each => each.checked) ?? group(element)[0]) === element
      : true
  const wanted = [...document.querySelectorAll(operable)].filter(
    each =>
      each.tabIndex >= 0 &&
      !each.disabled &&
      each.checkVisibility({ visibilityProperty: true }) &&
      stands(each) &&
      faces(each).length,
  )
  const mute = [...document.querySelectorAll("label.md-header__button[for]")].filter(label => {
    const input = document.getElementById(label.htmlFor)
    return shown(label) && boxes(label).length && label.tabIndex < 0 && input && !input.checkVisibility()
  })

  const reached = new Set()
  const problems = mute.map(element => ({ element, what: "no key reaches" }))
  window.followed = {
    // Whether the focus went somewhere new. Looks only at what is inside of the element that the selector names.
    async step(selector) {
      const element = document.activeElement
      if (!element || element === document.body || reached.has(element)) return false
      reached.add(element)
      if (!element.closest(selector)) return true
      // What opens when it gets the focus may take a moment.
      for (let frame = 0; frame < 20 && !faces(element).some(inSight); frame += 1)
        await new Promise(requestAnimationFrame)
      const seen = faces(element)
      if (!seen.some(inSight)) problems.push({ element, what: "out of sight" })
      else if (!seen.some(ringed)) problems.push({ element, what: "no ring" })
      return true
    },
    end(selector) {
      const missed = wanted.filter(each => !reached.has(each) && faces(each).length)
      return [...problems, ...missed.map(element => ({ element, what: "not reached" }))]
        .filter(({ element }) => element.closest(selector))
        .map(({ element, what }) => `${what}: ${name(element)}`)
    },
  }
}
