import { Button } from 'antd';
import { useRef } from 'react';

interface Props {
  label: string;
  /** Endings that the chooser offers, as `.csv,.txt`. */
  accept: string;
  title?: string;
  loading?: boolean;
  onFile: (file: File) => void;
}

/** A button that asks for one file; the same file may be chosen again. */
export function FileButton({ label, accept, title, loading, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button title={title} loading={loading ?? false} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        className="kz-unseen"
        tabIndex={-1}
        type="file"
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
