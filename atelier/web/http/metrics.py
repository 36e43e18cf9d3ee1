"""Prometheus metrics: counters fed by commits, gauges read from the service and the hub at each scrape."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from atelier.service.service import Service

SURFACES = ("phone", "desk", "wall")


class CommitCounter:
    """Counts what becomes durable; a bell of the service."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._commits = Counter("atelier_commits", "Transactions committed to journals.", registry=registry)
        self._facts = Counter("atelier_facts", "Facts committed to journals.", registry=registry)

    def ring(self, code: str, recorded: Sequence[object]) -> None:
        """Count one commit and its facts."""
        self._commits.inc()
        self._facts.inc(len(recorded))


class ServerGauges(Collector):
    """What the server holds now: workshops, screens, refusals of the disk."""

    def __init__(self, service: Service, screens: Callable[[], Mapping[str, int]]) -> None:
        self._service, self._screens = service, screens

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        service = self._service
        yield GaugeMetricFamily("atelier_workshops", "Workshops on the disk.", len(service.codes()))
        yield GaugeMetricFamily("atelier_workshops_open", "Workshops in memory.", service.open_count())
        yield GaugeMetricFamily(
            "atelier_workshops_refused",
            "Open workshops whose last write the disk refused.",
            len(service.refusing()),
        )
        yield GaugeMetricFamily(
            "atelier_storage_obstacle",
            "errno that a write would raise; 0: none foreseen.",
            service.obstacle(),
        )
        screens = GaugeMetricFamily("atelier_screens", "Connected screens.", labels=["surface"])
        counted = self._screens()
        for surface in SURFACES:
            screens.add_metric([surface], counted.get(surface, 0))
        yield screens


def registered(service: Service, screens: Callable[[], Mapping[str, int]]) -> CollectorRegistry:
    """Return a registry of a server's metrics, and count its commits from now on."""
    metrics = CollectorRegistry()
    ProcessCollector(registry=metrics)
    PlatformCollector(registry=metrics)
    metrics.register(ServerGauges(service, screens))
    service.on_commit(CommitCounter(metrics))
    return metrics
