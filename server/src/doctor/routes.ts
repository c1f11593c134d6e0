import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const doctorRoutes = [adminRoute('GET', '/doctor', 'doctor.examine', ACTIONS.runDoctor)];
