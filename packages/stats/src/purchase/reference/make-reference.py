"""Makes customer-models.json: likelihoods and forecasts of the purchase and contract models, worked out with mpmath at 40
digits from the closed forms of the papers (hypergeometric functions) or by plain integration, never by the formulas used in the package.

Run: python3 make-reference.py > customer-models.json   (mpmath >= 1.3; needed only to renew the file)
"""

import json

import mpmath as mp

mp.mp.dps = 40
M = mp.mpf


def pareto_likelihood_parts(r, al, s, be, x, tx, T):
    """Fader & Hardie 2005, eq. 13 to 17, with 2F1."""
    high, other = (al, s + 1) if al >= be else (be, r + x)
    gap = abs(al - be)
    power = r + s + x
    at = lambda t: mp.hyp2f1(power, other, power + 1, gap / (high + t)) / (high + t) ** power
    alive = 1 / ((al + T) ** (r + x) * (be + T) ** s)
    dead = s / power * (at(tx) - at(T))
    return mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(al) + s * mp.log(be), alive, dead


def pareto(r, al, s, be, x, tx, T, horizon, discount, n):
    mp.mp.dps = 400 if x > 1000 else 80
    r, al, s, be, tx, T, horizon, discount = map(M, (r, al, s, be, tx, T, horizon, discount))
    front, alive, dead = pareto_likelihood_parts(r, al, s, be, x, tx, T)
    ll = front + mp.log(alive + dead)
    p = alive / (alive + dead)
    shape, rate, B = r + x, al + T, be + T
    mean = p * shape / rate * (B / (s - 1)) * (1 - (B / (B + horizon)) ** (s - 1))
    mp.mp.dps = 40
    dert = p * shape / rate * discount ** (s - 1) * B**s * mp.hyperu(s, s, discount * B)
    nb = lambda t: mp.exp(mp.loggamma(shape + n) - mp.loggamma(shape) - mp.loggamma(n + 1)) * (rate / (rate + t)) ** shape * (t / (rate + t)) ** n
    left = mp.quad(lambda t: s * B**s / (B + t) ** (s + 1) * nb(t), mp.linspace(0, horizon, 9))
    pmf = p * ((B / (B + horizon)) ** s * nb(horizon) + left) + (1 - p if n == 0 else 0)
    return [float(v) for v in (ll, p, mean, dert, pmf)]


def gamma_mean(shape, rate, f):
    """Mean of f over Gamma(shape, rate), in ln lambda."""
    g = lambda y: f(mp.exp(y)) * mp.exp(shape * (y + mp.log(rate)) - rate * mp.exp(y) - mp.loggamma(shape))
    centre = mp.log(shape / rate)
    return mp.quad(g, [centre - 60 / min(shape, 1), centre - 20, centre - 6, centre - 3, centre - 1, centre, centre + 1, centre + 2, centre + 3, centre + 5])


def regular(k, shift, r, al, a, b, x, tx, T, horizon, discount):
    """Likelihood by integration over lambda; expected orders by the sum over orders; DERT by integration over lambda with 2F1."""
    r, al, a, b, tx, T, horizon, discount = map(M, (r, al, a, b, tx, T, horizon, discount))
    m = x + shift
    quiet = lambda lam: sum((lam * (T - tx)) ** j / mp.factorial(j) for j in range(k))
    alive = mp.beta(a, b + m) / mp.beta(a, b) * gamma_mean(r, al, lambda lam: lam ** (k * x) * mp.exp(-lam * T) * quiet(lam))
    dead = M(0) if m == 0 else mp.beta(a + 1, b + m - 1) / mp.beta(a, b) * gamma_mean(r, al, lambda lam: lam ** (k * x) * mp.exp(-lam * tx))
    timing = 0 if x == 0 else (k - 1) * x * mp.log(tx) + mp.loggamma(x) - mp.loggamma(k * x)
    p = alive / (alive + dead)
    R, rate = r + k * x, al + T
    weights = [mp.rf(R, j) / mp.factorial(j) * ((T - tx) / rate) ** j for j in range(k)]
    total = sum(weights)
    mean = dert = M(0)
    for j, w in enumerate(weights):
        z = horizon / (rate + horizon)
        tail = lambda i: mp.betainc(i, R + j, 0, z, regularized=True)
        orders = mp.nsum(lambda n: mp.beta(a, b + m + n - 1) / mp.beta(a, b + m) * tail(n * k - j), [1, 400], method="d")
        mean += w / total * orders
        y = lambda lam: lam / (lam + discount)
        dert += w / total * gamma_mean(R + j, rate, lambda lam: y(lam) ** (k - j) * mp.hyp2f1(1, b + m, a + b + m, y(lam) ** k))
    return [float(v) for v in (mp.log(alive + dead) + timing, p, p * mean, p * dert)]


def bg_bb(al, be, ga, de, x, tx, n, horizon, discount):
    """Fader, Hardie & Shang 2010, eq. 5, 11, 13 and 14."""
    al, be, ga, de, discount = map(M, (al, be, ga, de, discount))
    front = mp.beta(al, be) * mp.beta(ga, de)
    alive = mp.beta(al + x, be + n - x) * mp.beta(ga, de + n) / front
    whole = alive + sum(mp.beta(al + x, be + tx - x + i) * mp.beta(ga + 1, de + tx + i) for i in range(n - tx)) / front
    now = alive / whole
    rate = (al + x) / (al + be + n)
    ratio = mp.exp(mp.loggamma(ga + de + n) - mp.loggamma(ga + de + n + horizon) + mp.loggamma(1 + de + n + horizon) - mp.loggamma(1 + de + n))
    mean = now * rate * (de + n) / (ga - 1) * (1 - ratio)
    dert = now * rate * mp.beta(ga, de + n + 1) / mp.beta(ga, de + n) / (1 + discount) * mp.hyp2f1(1, de + n + 1, ga + de + n + 1, 1 / (1 + discount))
    return [float(v) for v in (mp.log(whole), now * (de + n) / (ga + de + n), mean, dert)]


def contract(al, be, c, survivors, renewals, discount):
    al, be, c, discount = map(M, (al, be, c, discount))
    S = lambda t: mp.beta(al, be + M(t) ** c) / mp.beta(al, be)
    lost = [survivors[i] - survivors[i + 1] for i in range(len(survivors) - 1)]
    ll = sum(d * mp.log(S(i) - S(i + 1)) for i, d in enumerate(lost)) + survivors[-1] * mp.log(S(len(lost)))
    if c == 1:
        # Fader & Hardie 2010, eq. 6.
        derl = (be + renewals) / (al + be + renewals) * mp.hyp2f1(1, be + renewals + 1, al + be + renewals + 1, 1 / (1 + discount))
    else:
        derl = sum(S(renewals + j) / S(renewals) / (1 + discount) ** (j - 1) for j in range(1, 1500))
    return [float(v) for v in (ll, S(12), derl)]


edge = (0.5143, 2.8845, 0.2856, 14.1087)
cdnow = (0.553, 10.578, 0.606, 11.669)
pareto_rows = [
    (*edge, 221, 103.42857, 103.57143, 52, 0.003, 20),
    (*edge, 254, 97.14286, 97.28571, 52, 0.003, 0),
    (*edge, 161, 94.71429, 98.0, 52, 0.003, 60),
    (*edge, 204, 98.57143, 99.42857, 52, 0.003, 100),
    (*cdnow, 2, 30.43, 38.86, 39, 0.0027, 1),
    (*cdnow, 0, 0, 38.86, 39, 0.0027, 0),
    (*cdnow, 0, 0, 0, 52, 0.0027, 3),
    (*cdnow, 26, 30.86, 31, 39, 0.0027, 15),
    (2.0, 0.5, 3.0, 60.0, 7, 10, 100, 10, 0.05, 2),
    (0.5, 10.0, 1.7, 10.0, 3, 20, 30, 20, 0.5, 2),
    (0.0001, 0.0001, 0.0001, 0.0001, 3, 20, 30, 20, 0.01, 2),
    (10000.0, 10000.0, 10000.0, 10000.0, 3, 20, 30, 20, 0.01, 20),
    (0.55, 10.0, 0.6, 11.0, 10000, 99.9, 100, 1, 0.01, 90),
    (0.55, 10.0, 0.6, 11.0, 3, 400000, 1000000, 1000, 0.01, 0),
    (0.55, 10.0, 0.6, 11.0, 0, 0, 1e-9, 1, 0.01, 0),
]
regular_rows = [
    (1, 0, 0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39, 0.0027),
    (1, 1, 0.525, 6.183, 0.891, 1.614, 0, 0, 38.86, 39, 0.0027),
    (2, 0, 0.8, 2.0, 0.8, 2.5, 4, 30.0, 36.0, 39, 0.003),
    (3, 1, 0.8, 1.5, 0.8, 2.5, 4, 30.0, 36.0, 39, 0.003),
    (6, 1, 3.0, 5.0, 1.8, 9.0, 12, 50.0, 52.0, 20, 0.01),
    (4, 0, 1.2, 3.0, 0.5, 4.0, 0, 0, 10.0, 30, 0.02),
]
bg_bb_rows = [
    (1.2035, 0.7497, 0.6568, 2.7839, 0, 0, 6, 10, 0.1),
    (1.2035, 0.7497, 0.6568, 2.7839, 4, 5, 6, 10, 0.1),
    (0.3, 7.0, 2.5, 0.4, 3, 12, 60, 1000, 0.01),
    (200.0, 0.01, 0.001, 40.0, 500, 500, 500, 300, 0.002),
]
high_end = [1000, 869, 743, 653, 593, 551, 517, 491]
contract_rows = [
    (0.668, 3.806, 1, high_end, 0, 0.1),
    (0.668, 3.806, 1, high_end, 5, 0.01),
    (0.2143, 1.4266, 1.7236, high_end, 0, 0.1),
    (2.0, 3.0, 0.6, high_end, 4, 0.05),
]
reference = {
    "pareto": [[list(row), pareto(*row)] for row in pareto_rows],
    "regular": [[list(row), regular(*row)] for row in regular_rows],
    "bgBb": [[list(row), bg_bb(*row)] for row in bg_bb_rows],
    "contract": [[list(row), contract(*row)] for row in contract_rows],
}
print(json.dumps(reference, separators=(",", ":")).replace("]],", "]],\n"))
