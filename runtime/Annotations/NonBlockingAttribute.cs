using System;

namespace ScopedTasks;

/// <summary>Says that a member returns promptly, although it looks as if it could block.</summary>
/// <remarks>The analyzers match it by its simple name, so that a project may declare its own.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor,
    Inherited = true)]
public sealed class NonBlockingAttribute : Attribute;
