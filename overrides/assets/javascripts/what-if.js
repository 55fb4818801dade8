// Another customer weight, tried out on Balance. Without this the page shows the weight in force, and every rank
// that an item takes as the weight changes.
{
  // As Python rounds: what lies halfway goes to the even digit.
  const fixed = (number, digits) => {
    const exact = number.toFixed(100)
    const end = exact.length - 100 + digits
    const kept = exact.slice(0, end).replace(/\.$/, "")
    return /^50*$/.test(exact.slice(end)) && "02468".includes(kept.at(-1)) ? kept : number.toFixed(digits)
  }

  // The same digits as `twofold score` and the pages show.
  const score = number =>
    number <= 0 ? "0"
      : Number(fixed(number, 1)) >= 1 ? fixed(number, 0)
      : number >= 0.05 ? fixed(number, 1) : "<0.1"

  const priority = number => {
    if (number >= 99.95) return fixed(number, 0).replace(/\B(?=(\d{3})+$)/g, ",")
    if (number >= 0.001) return fixed(number, 2 - Number(number.toExponential(2).split("e")[1]))
    if (number === 0 || number >= 0.000095) return String(Number(number.toPrecision(1)))
    return number.toExponential(0).replace(/e-(\d)$/, "e-0$1")
  }

  const begin = panel => {
    const slider = panel.querySelector("input")
    const output = panel.querySelector("output")
    const button = panel.querySelector("button")
    const status = panel.querySelector("[role=status]")
    const body = document.querySelector("[data-what-if]")
    const lines = document.querySelectorAll(".tf-contour")
    const weightOfLine = document.querySelector("[data-at-weight]")
    const inForce = Number(panel.dataset.weight)
    const items = [...body.rows]
      .map(row => {
        const [place, customer, user, base, up, down] = row.dataset.reckon.split(" ").map(Number)
        return { row, place, customer, user, base, up, down, was: Number(row.cells[0].textContent) }
      })
      .sort((one, other) => one.place - other.place)

    const show = weight => {
      for (const one of items) {
        one.value = weight * one.customer + (1 - weight) * one.user
        one.priority = one.base + one.value * one.up / one.down
      }
      const ranked = [...items].sort((one, other) => other.priority - one.priority)
      let moved = 0
      for (const [index, { row, was, value, priority: now }] of ranked.entries()) {
        const [rank] = row.cells
        rank.textContent = index + 1
        if (was !== index + 1) {
          const note = document.createElement("span")
          note.className = was > index + 1 ? "tf-move tf-move--up" : "tf-move tf-move--down"
          note.textContent = `was ${was}`
          rank.append(" ", note)
          moved += 1
        }
        row.cells[4].textContent = score(value)
        row.cells[5].textContent = priority(now)
      }
      body.append(...ranked.map(one => one.row))
      for (const line of lines) {
        const reach = (full, part) => part > 0 ? Math.min(full / Math.sqrt(part), 20000) : 20000
        line.setAttribute("rx", reach(Number(line.dataset.across), weight))
        line.setAttribute("ry", reach(Number(line.dataset.upwards), 1 - weight))
        weightOfLine.textContent = weight === inForce ? ", at the customer weight in force" : `, at a customer weight of ${weight}`
      }
      output.textContent = weight
      slider.setAttribute("aria-valuetext", String(weight))
      button.disabled = weight === inForce
      return `${ranked[0].row.cells[1].textContent} comes first. `
        + (weight === inForce ? "This is the weight in force."
          : moved === 0 ? "No item moves."
          : moved === 1 ? "1 item moves." : `${moved} items move.`)
    }

    slider.value = Math.round(100 * inForce)
    slider.addEventListener("input", () => { status.textContent = show(slider.value / 100) })
    button.addEventListener("click", () => {
      slider.value = Math.round(100 * inForce)
      status.textContent = show(inForce)
      // A button that can no longer be pressed would lose the focus to nowhere.
      slider.focus()
    })
    button.querySelector("span").textContent = inForce
    status.textContent = show(inForce)
    panel.classList.add("tf-control--ready")
  }

  // Material's instant navigation puts another page into this one.
  const look = () => {
    const panel = document.querySelector(".tf-what-if")
    if (panel && !panel.matches(".tf-control--ready")) begin(panel)
  }
  look()
  window.document$?.subscribe(look)
}
