import { configure } from '@testing-library/react';
import '@testing-library/jest-dom';

/** The library's second is too short for a busy machine that compiles a dialog on its first use. */
configure({ asyncUtilTimeout: 20_000 });
