import { Fragment } from 'react';

const ADDRESS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/;

/** Somebody's text, in which addresses are links. Text stays text: nothing here makes HTML of it. */
export function Linked({ text }: { readonly text: string }) {
  return text.split(ADDRESS).map((part, index) => {
    const key = `${index}:${part}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return (
      <a key={key} href={part} target="_blank" rel="noopener noreferrer nofollow ugc">
        {part}
      </a>
    );
  });
}
