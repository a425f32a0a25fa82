namespace ScopedTasks.CodeFixes.Building.Fields;

/// <summary>The member that ends an object and can wait: where what the object started is joined.</summary>
internal sealed class EndMember
{
    private readonly Site _site;
    private readonly INamedTypeSymbol _type;
    private readonly MethodDeclarationSyntax _method;

    private EndMember(Site site, INamedTypeSymbol type, MethodDeclarationSyntax method)
    {
        _site = site;
        _type = type;
        _method = method;
        Cancellation = CallsOf("Cancel", "CancelAsync").FirstOrDefault();
    }

    /// <summary>The call that tells what runs to stop; null where it has none.</summary>
    public InvocationExpressionSyntax? Cancellation { get; }

    /// <summary>The site, seen from within the member.</summary>
    public Site Inside =>
        _site.At(_site.Model.GetOperation(
            (SyntaxNode?)_method.Body ?? _method.ExpressionBody!.Expression, _site.CancellationToken)!);

    /// <summary>What is cancelled; null where that is no plain variable.</summary>
    public ExpressionSyntax? Source => Cancellation?.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access =>
            access.Expression,
        MemberBindingExpressionSyntax when Cancellation.Parent is ConditionalAccessExpressionSyntax access =>
            access.Expression,
        _ => null,
    };

    public string Name => _method.Identifier.ValueText;

    /// <summary>The name of its token; null where it takes none.</summary>
    public string? Token => _method.ParameterList.Parameters
        .Where(parameter => parameter.Type?.ToString().EndsWith("CancellationToken", StringComparison.Ordinal) == true)
        .Select(parameter => parameter.Identifier.ValueText)
        .FirstOrDefault();

    private bool IsAsync => _method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    /// <summary>
    /// The first that cancels, else the first that there is, of the type's own, in whatever file of its project.
    /// </summary>
    public static EndMember? Of(Site site, INamedTypeSymbol type)
    {
        var members = type.GetMembers().OfType<IMethodSymbol>()
            .Where(IsEnd)
            .SelectMany(method => method.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(site.CancellationToken))
            .OfType<MethodDeclarationSyntax>()
            .Where(method => method.Body is not null || method.ExpressionBody is not null)
            .Select(method => PlaceOf(site, method) is { } place ? new EndMember(place, type, method) : null)
            .OfType<EndMember>()
            .ToList();
        return members.Find(member => member.Cancellation is not null) ?? members.FirstOrDefault();
    }

    public bool Holds(SyntaxNode node) => node.SyntaxTree == _method.SyntaxTree && _method.Span.Contains(node.Span);

    /// <summary>Whether the work that a call starts may call the member: then it would wait for itself.</summary>
    public bool IsCalledBy(SyntaxNode start)
    {
        var methods = _type.DeclaringSyntaxReferences
            .Select(part => part.GetSyntax(_site.CancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .SelectMany(part => part.Members.OfType<MethodDeclarationSyntax>())
            .ToLookup(method => method.Identifier.ValueText);
        var open = new Stack<SyntaxNode>([start]);
        var seen = new HashSet<string>();
        while (open.Count > 0)
        {
            foreach (var name in open.Pop().DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                var text = name.Identifier.ValueText;
                if (text == _method.Identifier.ValueText && IsOwn(name))
                {
                    return true;
                }

                if (seen.Add(text))
                {
                    foreach (var method in methods[text])
                    {
                        open.Push(method);
                    }
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Puts statements where all that runs is told to stop, and nothing is disposed yet; false where none can stand.
    /// </summary>
    public bool TryInsert(Edit edit, IReadOnlyList<StatementSyntax> statements)
    {
        if (!IsAsync && (Throws || !EndsOnce))
        {
            return false;
        }

        if (_method.Body is not { } body)
        {
            return TryReplaceExpression(edit, statements);
        }

        var anchor = Cancellation is { } cancellation ? StatementAround(cancellation) : null;
        var before = anchor is null ? StatementAround(CallsOf("Dispose", "DisposeAsync").FirstOrDefault()) : null;
        var place = anchor ?? before;
        if (place is not null
            && AsyncPlace.BarrierAt(place, _site.Model, _site.CancellationToken)
                is not (AsyncBarrier.None or AsyncBarrier.NotAsync))
        {
            return false;
        }

        var end = Return;
        var indentation = Site.IndentationOf(
            place ?? body.Statements.FirstOrDefault() ?? (StatementSyntax)body);
        var written = statements.Select((statement, index) => statement
            .WithLeadingTrivia(SyntaxFactory.Whitespace(indentation))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(_site.NewLine))).ToList();
        var rewritten = new List<StatementSyntax>();
        var block = place?.Parent as BlockSyntax ?? body;
        foreach (var statement in block.Statements)
        {
            if (statement == before || (place is null && statement == end))
            {
                rewritten.AddRange(written);
            }

            rewritten.Add(statement);
            if (statement == anchor)
            {
                rewritten.AddRange(written);
            }
        }

        if (place is null && end is null)
        {
            rewritten.AddRange(written);
        }

        var marked = block.WithStatements(SyntaxFactory.List(rewritten));
        var method = _method.ReplaceNode(block, marked);
        edit.Replace((SyntaxNode)_method, IsAsync ? method : AsAsync(method));
        return true;
    }

    // What a generator writes, or other projects compile too, is not changed from here.
    private static Site? PlaceOf(Site site, MethodDeclarationSyntax method)
    {
        var tree = method.SyntaxTree;
        if (tree == site.Root.SyntaxTree)
        {
            return site;
        }

        if (site.Document.Project.Solution.GetDocument(tree) is not { } document
            || document is SourceGeneratedDocument
            || GeneratedFiles.Have(tree)
            || !document.GetLinkedDocumentIds().IsEmpty)
        {
            return null;
        }

        var model = site.Model.Compilation.GetSemanticModel(tree);
        return model.GetOperation(method, site.CancellationToken) is { } operation
            ? site.In(document, tree.GetRoot(site.CancellationToken), model, operation)
            : null;
    }

    private static bool IsEnd(IMethodSymbol method) =>
        method is { Name: "StopAsync" or "DisposeAsync" or "DisposeAsyncCore", IsStatic: false, IsAbstract: false }
        && method.ReturnType.Name is "Task" or "ValueTask";

    private bool Throws => _method.DescendantNodes().Any(node =>
        node is ThrowStatementSyntax or ThrowExpressionSyntax
        || node is IdentifierNameSyntax { Identifier.ValueText: var name }
            && name.StartsWith("ThrowIf", StringComparison.Ordinal));

    // Its one return is its last statement.
    private bool EndsOnce =>
        _method.Body is not { } body
        || (Return is { Expression: not null } && OwnNodes.Of(body).OfType<ReturnStatementSyntax>().Count() == 1);

    private ReturnStatementSyntax? Return => _method.Body?.Statements.LastOrDefault() as ReturnStatementSyntax;

    private bool TryReplaceExpression(Edit edit, IReadOnlyList<StatementSyntax> statements)
    {
        var expression = _method.ExpressionBody!.Expression;
        if (Cancellation is not null || IsAsync)
        {
            return false;
        }

        var line = _site.NewLine;
        var all = IsCompleted(expression)
            ? statements
            : [.. statements, Code.Statement("$0;" + line, Expressions.Await(Inside, expression.WithoutTrivia()))];
        var block = Code.Statement($"{{{line}$0;{line}}}", Code.Statements(all));
        var method = _method.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody((BlockSyntax)block.WithTrailingTrivia(_method.GetTrailingTrivia()));
        var before = method.Body!.GetFirstToken().GetPreviousToken();
        method = method.ReplaceToken(
            before, before.WithTrailingTrivia(SyntaxFactory.EndOfLine(_site.NewLine)));
        edit.Replace((SyntaxNode)_method, WithKeyword(method).WithAdditionalAnnotations(
            Microsoft.CodeAnalysis.Formatting.Formatter.Annotation));
        return true;
    }

    private MethodDeclarationSyntax AsAsync(MethodDeclarationSyntax method)
    {
        var last = (ReturnStatementSyntax)method.Body!.Statements.Last();
        var statements = method.Body.Statements.Remove(last);
        if (!IsCompleted(last.Expression!))
        {
            statements = statements.Add(
                Code.Statement("$0;", Expressions.Await(Inside, last.Expression!)).WithTriviaFrom(last));
        }

        return WithKeyword(method.WithBody(method.Body.WithStatements(statements)));
    }

    private static MethodDeclarationSyntax WithKeyword(MethodDeclarationSyntax method)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return method.Modifiers.Count > 0
            ? method.AddModifiers(keyword)
            : method.WithReturnType(method.ReturnType.WithoutLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(method.GetLeadingTrivia())));
    }

    private static bool IsCompleted(ExpressionSyntax value) => Expressions.Unparenthesized(value) switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        DefaultExpressionSyntax => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } => true,
        _ => false,
    };

    // The statement of a block, so that what comes beside it runs whenever it does.
    private StatementSyntax? StatementAround(SyntaxNode? call)
    {
        var statement = call?.FirstAncestorOrSelf<StatementSyntax>();
        while (statement is { Parent: not BlockSyntax })
        {
            statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>();
        }

        return statement;
    }

    private IEnumerable<InvocationExpressionSyntax> CallsOf(params string[] names) =>
        OwnNodes.Of((SyntaxNode?)_method.Body ?? _method.ExpressionBody!).OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression switch
            {
                MemberAccessExpressionSyntax access => names.Contains(access.Name.Identifier.ValueText),
                MemberBindingExpressionSyntax binding => names.Contains(binding.Name.Identifier.ValueText),
                _ => false,
            });

    private static bool IsOwn(SimpleNameSyntax name) =>
        name.Parent is not MemberAccessExpressionSyntax access || access.Expression is ThisExpressionSyntax
            || access.Expression == name;
}
