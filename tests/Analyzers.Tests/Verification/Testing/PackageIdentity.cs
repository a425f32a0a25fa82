namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A package by id and version.</summary>
public sealed record PackageIdentity(string Id, string Version);
