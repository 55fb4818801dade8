// Tables that can be sorted. Without this they stand as they were made, whole and in their own order.
{
  const value = (row, column) => {
    const cell = row.cells[column]
    const order = cell.dataset.order
    return order === undefined ? cell.textContent.trim().toLowerCase() : order === "" ? -Infinity : Number(order)
  }

  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

  const begin = table => {
    const heads = [...table.tHead.rows[0].cells]
    // The order that the page came in decides between equals.
    const rows = [...table.tBodies[0].rows]
    for (const [column, head] of heads.entries()) {
      if (!head.dataset.sort) continue
      const button = document.createElement("button")
      button.type = "button"
      button.className = "tf-sort"
      button.append(...head.childNodes)
      head.append(button)
      // What is cut off at the edge of a wide table counts as seen, and would stay where it is.
      button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }))
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort")
        const way = now ? (now === "ascending" ? "descending" : "ascending")
          : head.dataset.sort === "up" ? "ascending" : "descending"
        const sign = way === "ascending" ? 1 : -1
        const sorted = [...rows].sort((one, other) => sign * compare(value(one, column), value(other, column)))
        for (const each of heads) each.removeAttribute("aria-sort")
        head.setAttribute("aria-sort", way)
        table.classList.toggle("tf-sorted", sorted.some((row, index) => row !== rows[index]))
        table.tBodies[0].append(...sorted)
      })
    }
  }

  // Material's instant navigation puts another page into this one.
  const look = () => {
    for (const table of document.querySelectorAll("table[data-sortable]:not(:has(.tf-sort))")) begin(table)
  }
  look()
  window.document$?.subscribe(look)
}
