// Tables that can be sorted. Without this they stand as they were made, whole and in their own order.
{
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true })

  // A number where the cell has one beside its text; what is not known is neither small nor large.
  const value = (row, column) => {
    const { dataset: { order }, textContent } = row.cells[column]
    return order === undefined ? textContent.trim() : order === "" ? null : Number(order)
  }

  // What is not known comes last, whichever way.
  const compare = (one, other, sign) =>
    one === null || other === null ? (one === null) - (other === null)
      : sign * (typeof one === "string" ? words.compare(one, other) : one - other)

  const begin = table => {
    table.dataset.sortable = "ready"
    const heads = [...[...table.tHead.rows].at(-1).cells]
    // The order that the page came in decides between equals.
    const rows = [...table.tBodies[0].rows]
    for (const [column, head] of heads.entries()) {
      if (!head.dataset.sort) continue
      // Beside a link the page brings the button itself.
      let button = head.querySelector("button")
      if (button) {
        button.classList.add("tf-control--ready")
      } else {
        button = document.createElement("button")
        button.type = "button"
        button.className = "tf-sort"
        button.append(...head.childNodes)
        head.append(button)
      }
      // What is cut off at the edge of a wide table counts as seen, and would stay where it is.
      button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }))
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort")
        const way = now ? (now === "ascending" ? "descending" : "ascending")
          : head.dataset.sort === "up" ? "ascending" : "descending"
        const sign = way === "ascending" ? 1 : -1
        const sorted = [...rows].sort((one, other) => compare(value(one, column), value(other, column), sign))
        for (const each of heads) each.removeAttribute("aria-sort")
        head.setAttribute("aria-sort", way)
        table.classList.toggle("tf-sorted", sorted.some((row, index) => row !== rows[index]))
        table.tBodies[0].append(...sorted)
      })
    }
  }

  // Material's instant navigation puts another page into this one.
  const look = () => {
    for (const table of document.querySelectorAll("table[data-sortable='']")) begin(table)
  }
  look()
  window.document$?.subscribe(look)
}
