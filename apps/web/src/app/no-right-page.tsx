import { NoRight } from '../ui/no-right.js';
import styles from './edge-pages.module.css';

export default function NoRightPage() {
  return (
    <div className={styles['middle']}>
      <NoRight />
    </div>
  );
}
