import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { DataFactory, Store, StreamParser } from 'n3'
import { Validator } from 'shacl-engine'

const read = async path => {
  const store = new Store()
  await once(store.import(createReadStream(path).pipe(new StreamParser())), 'end')
  return store
}
const [shapes, data] = await Promise.all(process.argv.slice(2).map(read))
const report = await new Validator(shapes, { factory: DataFactory }).validate({ dataset: data })
const name = term => (term ? (term.termType === 'BlankNode' ? '_:' : '') + term.value : '')
for (const r of report.results) {
  const path = r.path && r.path.length === 1 ? r.path[0].predicates[0] : undefined
  console.log([r.focusNode.term, path, r.constraintComponent, r.severity].map(name).join('\t'))
}
