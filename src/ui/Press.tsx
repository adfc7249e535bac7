interface PressProps {
  label: string;
  disabled: boolean;
  primary?: boolean;
  onPress: () => void;
}

/** A button of a bench. */
export function Press({ label, disabled, primary = false, onPress }: PressProps) {
  return (
    <button
      type="button"
      className={`bench-button ${primary ? 'primary' : ''}`}
      disabled={disabled}
      onClick={onPress}
    >
      {label}
    </button>
  );
}
