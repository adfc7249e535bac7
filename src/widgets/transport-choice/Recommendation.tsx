import type { Decision, Reason, Standing } from './decide.ts';
import { transports } from './transports.ts';

/** What follows from the answers. */
export function Recommendation({ decision }: { decision: Decision }) {
  const [first, ...others] = decision.standings;
  if (!decision.isReady || !first) {
    return (
      <section className="helper-first" aria-label="Recommendation" aria-live="polite">
        <p className="helper-empty">
          Answer the first question: who has something to say decides more than all the others.
        </p>
      </section>
    );
  }
  return (
    <>
      <section className="helper-first" aria-label="Recommendation" aria-live="polite">
        <h3>{transports[first.transport].name}</h3>
        <p>{transports[first.transport].is}</p>
        <Reasons heading="For it" sign="+" reasons={first.reasons} />
        <Reasons heading="Know before you take it" sign="–" reasons={first.objections} />
      </section>
      {decision.beside && (
        <section className="helper-beside" aria-label="Beside it">
          <h4>Beside it: Web Push</h4>
          <Reasons heading="For it" sign="+" reasons={decision.beside.reasons} />
          <Reasons heading="Know before you take it" sign="–" reasons={decision.beside.objections} />
        </section>
      )}
      <section className="helper-others" aria-label="The others">
        <h4>The others, best first</h4>
        {others.map((standing) => (
          <Other key={standing.transport} standing={standing} best={first.points} />
        ))}
        {decision.ruledOut.map(({ transport, reasons }) => (
          <details key={transport}>
            <summary>
              {transports[transport].name} <span className="helper-points">not possible</span>
            </summary>
            <Reasons heading="Why" sign="×" reasons={reasons} />
          </details>
        ))}
      </section>
    </>
  );
}

function Other({ standing, best }: { standing: Standing; best: number }) {
  const behind = best - standing.points;
  return (
    <details>
      <summary>
        {transports[standing.transport].name}{' '}
        <span className="helper-points">{behind === 0 ? 'as good' : `${String(behind)} behind`}</span>
      </summary>
      <Reasons heading="For it" sign="+" reasons={standing.reasons} />
      <Reasons heading="Against it" sign="–" reasons={standing.objections} />
    </details>
  );
}

function Reasons({ heading, sign, reasons }: { heading: string; sign: string; reasons: Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <p className="helper-heading">{heading}</p>
      <ul className="helper-reasons" data-sign={sign}>
        {reasons.map(({ says, source }) => (
          <li key={says}>
            <span aria-hidden="true" className="helper-sign">
              {sign}
            </span>
            <span>
              {says}{' '}
              <a className="cite" href={source.url} rel="external">
                {source.title}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
