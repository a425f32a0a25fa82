namespace Shop.Scenarios;

/// <summary>What a scenario saw, and whether a shop should look like that.</summary>
internal sealed record Observation(bool Healthy, string Fact);
