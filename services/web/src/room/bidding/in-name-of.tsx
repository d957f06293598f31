import { mayDo } from '../../auction/rights';
import { useView } from '../room-context';

interface InNameOfProps {
  /** A member's number; null is oneself. */
  readonly bidder: number | null;
  readonly onChoose: (bidder: number | null) => void;
}

/** Who runs the auction bids for those who are not there. */
export function InNameOf({ bidder, onChoose }: InNameOfProps) {
  const you = useView((view) => view.you);
  const members = useView((view) => view.members);
  return (
    <label className="in-name">
      Bid in the name of
      <select
        value={bidder ?? ''}
        onChange={({ target: { value } }) => onChoose(value === '' ? null : Number(value))}
      >
        <option value="">myself</option>
        {members
          .filter((it) => it.number !== you && mayDo(it.role, 'placeBid'))
          .map((it) => (
            <option key={it.number} value={it.number}>
              {it.name}
            </option>
          ))}
      </select>
    </label>
  );
}
