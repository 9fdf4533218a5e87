// The browser's own translation puts <font> elements in the place of the page's texts. The framework goes on writing into
// the texts it made, which are on the page no more: headings of the step before would stay, and what it takes away would
// fail. Here each text is known by what stands in its place: written anew, it takes its place again, and is translated anew.

const inPlaceOf = new WeakMap() // text -> the <font> in its place

new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes } of changes) {
    const [font] = addedNodes
    const text = [...removedNodes].find((node) => node.nodeType === Node.TEXT_NODE)
    if (text && addedNodes.length === 1 && font.nodeName === "FONT") inPlaceOf.set(text, font)
  }
}).observe(document.documentElement, { childList: true, subtree: true })

// What now stands on the page for a node that the framework holds.
const standIn = (node) => (node && !node.isConnected && inPlaceOf.get(node)?.isConnected ? inPlaceOf.get(node) : node)

const { get, set } = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue")
Object.defineProperty(Node.prototype, "nodeValue", {
  get,
  set(value) {
    set.call(this, value)
    const font = standIn(this)
    if (font !== this) font.replaceWith(this)
  },
  configurable: true,
  enumerable: true,
})

const { removeChild, insertBefore } = Node.prototype
Node.prototype.removeChild = function (child) {
  removeChild.call(this, standIn(child))
  return child
}
Node.prototype.insertBefore = function (node, before) {
  return insertBefore.call(this, node, standIn(before))
}
