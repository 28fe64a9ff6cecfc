/** The forms in which code spells an id. */
export interface Names {
  readonly id: string;
  /** `zohoCliq` */
  readonly camel: string;
  /** `ZohoCliq` */
  readonly pascal: string;
  /** `Zoho Cliq` */
  readonly title: string;
}

const raised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

export function namesOf(id: string): Names {
  const words = id.split('-').map(raised);
  const pascal = words.join('');
  return { id, pascal, camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1), title: words.join(' ') };
}

/** As the skeletons spell the thing that they are of. */
const PLACE = namesOf('new-thing');

/** A skeleton's text about another thing. Objects' ids hold letters only. */
export function renamed(text: string, names: Names): string {
  return text
    .replaceAll(`'${PLACE.camel}.`, `'${names.camel.replace(/\d/g, '')}.`)
    .replaceAll(PLACE.id, names.id)
    .replaceAll(PLACE.camel, names.camel)
    .replaceAll(PLACE.pascal, names.pascal)
    .replaceAll(PLACE.title, names.title);
}
