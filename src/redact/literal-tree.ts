/** A node of a radix tree; `edge` is the text that leads to it. */
interface Node<T> {
  edge: string
  /** What was put at the text that ends here. */
  readonly values: T[]
  /** By first character of their edge; none at most nodes, and a map each would be most of what the tree weighs. */
  children?: Map<number, Node<T>>
}

/**
 * A radix tree over texts: putting one in costs its length, and one walk over a text finds all that begin at a
 * place, however many share their first characters. It holds two nodes per text at most.
 */
export class LiteralTree<T> {
  readonly #root: Node<T> = nodeOf("")

  get isEmpty(): boolean {
    return !this.#root.children
  }

  add(text: string, value: T): void {
    let node = this.#root
    let at = 0
    while (at < text.length) {
      const child = node.children?.get(text.charCodeAt(at))
      if (!child) {
        const leaf = nodeOf<T>(text.slice(at))
        addChild(node, leaf)
        node = leaf
        break
      }
      const shared = sharedLength(child.edge, text, at)
      node = shared === child.edge.length ? child : split(node, child, shared)
      at += shared
    }
    node.values.push(value)
  }

  /** Takes out one `value` and the nodes that only led to it. */
  remove(text: string, value: T): void {
    const path: Node<T>[] = [this.#root]
    let node = this.#root
    for (let at = 0; at < text.length; at += node.edge.length) {
      const child = node.children?.get(text.charCodeAt(at))
      if (!child || !text.startsWith(child.edge, at)) return
      node = child
      path.push(node)
    }
    const index = node.values.indexOf(value)
    if (index !== -1) node.values.splice(index, 1)
    for (let last = path.pop(); last; last = path.pop()) {
      if (last.values.length > 0 || last.children) return
      removeChild(path.at(-1), last)
    }
  }

  /** The last of all values along `text[at…]`, thus of the longest text, that `accepts`. */
  longestAt(text: string, at: number, accepts: (value: T) => boolean): T | undefined {
    let longest: T | undefined
    let node = this.#root.children?.get(text.charCodeAt(at))
    for (let from = at; node && text.startsWith(node.edge, from); ) {
      longest = node.values.find(accepts) ?? longest
      from += node.edge.length
      node = node.children?.get(text.charCodeAt(from))
    }
    return longest
  }
}

function nodeOf<T>(edge: string): Node<T> {
  return { edge, values: [] }
}

function addChild<T>(parent: Node<T>, child: Node<T>): void {
  parent.children ??= new Map()
  parent.children.set(child.edge.charCodeAt(0), child)
}

function removeChild<T>(parent: Node<T> | undefined, child: Node<T>): void {
  parent?.children?.delete(child.edge.charCodeAt(0))
  if (parent?.children?.size === 0) delete parent.children
}

function sharedLength(edge: string, text: string, at: number): number {
  let length = 1
  while (length < edge.length && edge.charCodeAt(length) === text.charCodeAt(at + length)) length += 1
  return length
}

/** Puts a node into the middle of the edge that leads from `parent` to `child`. */
function split<T>(parent: Node<T>, child: Node<T>, length: number): Node<T> {
  const middle = nodeOf<T>(child.edge.slice(0, length))
  addChild(parent, middle)
  child.edge = child.edge.slice(length)
  addChild(middle, child)
  return middle
}
