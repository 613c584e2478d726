/** True where `DC_FULL=1` asks for every case of the slow tests. By default they run a sample of their cases. */
export const full = process.env.DC_FULL === '1'
