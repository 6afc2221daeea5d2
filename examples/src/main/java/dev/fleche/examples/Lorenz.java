package dev.fleche.examples;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/**
 * The system of Edward N. Lorenz, "Deterministic Nonperiodic Flow", Journal of the Atmospheric Sciences 20 (1963).
 *
 * <p>Its three parameters are the argument of the sweep, its {@link Chaos} the result.
 *
 * @param sigma the Prandtl number
 * @param rho the Rayleigh number relative to the critical one
 * @param beta a ratio of lengths of the convection cell
 */
record Lorenz(double sigma, double rho, double beta) {

    /** Time units until the motion is on the attractor. */
    private static final int TRANSIENT = 50;

    private static final int BATCHES = 20;
    private static final int UNITS_PER_BATCH = 30;

    private static final double TOLERANCE = 1e-11;

    /**
     * How chaotic a system is.
     *
     * @param exponent the largest Lyapunov exponent: the rate at which neighbouring orbits part
     * @param error the standard error of the exponent
     * @param evaluations how often the equations were evaluated
     */
    record Chaos(double exponent, double error, long evaluations) {}

    /**
     * Returns the largest Lyapunov exponent, measured along one orbit.
     *
     * <p>A tangent vector is carried along and made short again after each unit of time, as in G. Benettin et al.,
     * "Lyapunov Characteristic Exponents for smooth dynamical systems", Meccanica 15 (1980).
     */
    Chaos chaos() {
        DormandPrince853Integrator integrator = new DormandPrince853Integrator(1e-9, 1, TOLERANCE, TOLERANCE);
        integrator.setMaxEvaluations(-1);
        Orbit orbit = new Orbit(new LinearisedFlow(this), integrator);
        orbit.follow(TRANSIENT);
        long evaluations = orbit.evaluations();
        double sum = 0;
        double sumOfSquares = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            double rate = orbit.follow(UNITS_PER_BATCH) / UNITS_PER_BATCH;
            sum += rate;
            sumOfSquares += rate * rate;
        }
        double mean = sum / BATCHES;
        double variance = Math.max(0, sumOfSquares / BATCHES - mean * mean);
        return new Chaos(mean, Math.sqrt(variance / (BATCHES - 1)), orbit.evaluations() - evaluations);
    }

    /** The equations of motion of a point and of a tangent vector at it. */
    private record LinearisedFlow(Lorenz system) implements OrdinaryDifferentialEquation {

        @Override
        public int getDimension() {
            return 6;
        }

        @Override
        public double[] computeDerivatives(double time, double[] y) {
            double sigma = system.sigma;
            double beta = system.beta;
            double rise = system.rho - y[2];
            return new double[] {
                sigma * (y[1] - y[0]),
                y[0] * rise - y[1],
                y[0] * y[1] - beta * y[2],
                sigma * (y[4] - y[3]),
                rise * y[3] - y[4] - y[0] * y[5],
                y[1] * y[3] + y[0] * y[4] - beta * y[5]
            };
        }
    }

    /** An orbit and its tangent vector, as far as they have come. Not thread-safe; confined to one call. */
    private static final class Orbit {

        private final LinearisedFlow flow;
        private final DormandPrince853Integrator integrator;
        private double[] state = {1, 1, 1, 1, 0, 0};
        private double time;
        private long evaluations;

        Orbit(LinearisedFlow flow, DormandPrince853Integrator integrator) {
            this.flow = flow;
            this.integrator = integrator;
        }

        long evaluations() {
            return evaluations;
        }

        /** Follows the orbit and returns the logarithm of the factor by which the tangent vector grew. */
        double follow(int units) {
            double growth = 0;
            for (int i = 0; i < units; i++) {
                ODEStateAndDerivative end = integrator.integrate(flow, new ODEState(time, state), time + 1);
                evaluations += integrator.getEvaluations();
                time = end.getTime();
                state = end.getPrimaryState();
                double length = Math.hypot(Math.hypot(state[3], state[4]), state[5]);
                growth += Math.log(length);
                for (int k = 3; k < 6; k++) {
                    state[k] /= length;
                }
            }
            return growth;
        }
    }
}
