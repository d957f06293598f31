import { Link } from 'wouter';
import { useRoom } from './room-context';

/** Why somebody cannot come in, and the way back; nothing for everybody else. */
export function NoWayIn() {
  const link = useRoom((it) => it.link);
  if (link.state !== 'refused') return null;
  return (
    <p className="notice" role="alert">
      {link.trouble} <Link href="/">Back to my leagues</Link>
    </p>
  );
}
