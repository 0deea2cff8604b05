try
    pass