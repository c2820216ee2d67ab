import { createReadStream } from 'node:fs'
import rdf from '@zazuko/env-node'
import Validator from 'rdf-validate-shacl'
import { StreamParser } from 'n3'

const read = path => rdf.dataset().import(createReadStream(path).pipe(new StreamParser()))
const [shapes, data] = await Promise.all(process.argv.slice(2).map(read))
const report = await new Validator(shapes, { factory: rdf }).validate(data)
const name = term => (term ? (term.termType === 'BlankNode' ? '_:' : '') + term.value : '')
for (const r of report.results) {
  console.log([r.focusNode, r.path, r.sourceConstraintComponent, r.severity].map(name).join('\t'))
}
