import locale from 'antd/locale/en_US';
import dayjs from 'dayjs';

dayjs.locale('en');

export default locale;
