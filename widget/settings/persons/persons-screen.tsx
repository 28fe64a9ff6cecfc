/// <reference types="vite/client" />
import '../../styles/persons.css';
import { useSpeech } from '../../language/language.tsx';
import { useIsAdmin } from '../me.tsx';
import { OwnPart } from './own-part.tsx';
import { PersonsTable } from './persons-table.tsx';
import { TemplatesPart } from './templates-part.tsx';

/** What is prepared for persons, who takes part, and what whoever looks has of their own. */
export default function PersonsScreen() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  return (
    <div className="page persons-page">
      <h1>{texts.persons.title}</h1>
      <p className="quiet">{texts.persons.intro}</p>
      <OwnPart />
      {admin && <PersonsTable />}
      {admin && <TemplatesPart />}
    </div>
  );
}
