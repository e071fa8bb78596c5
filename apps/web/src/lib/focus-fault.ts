/**
 * After a form was sent and something in it is wrong, the first wrong field has the keyboard: in a long form, or heard rather
 * than seen, it is otherwise to be searched for. Fields say themselves that they are wrong (`aria-invalid`), so this holds for
 * every form of the product.
 */
export function focusFirstFault(): void {
  document.addEventListener('submit', ({ target }) => {
    // The form is drawn again with its faults once this event is through.
    setTimeout(() => {
      if (target instanceof HTMLFormElement)
        target.querySelector<HTMLElement>('[aria-invalid="true"]:not([disabled])')?.focus();
    });
  });
}
